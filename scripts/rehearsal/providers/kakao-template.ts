// KakaoTalk's templates: an approved text with variables, written #{name}. A message is the text with all of them filled.

/** The names of its variables, each once. */
export function templateVariables(template: string): readonly string[] {
  return [...new Set([...template.matchAll(VARIABLE)].map(([, name = '']) => name))]
}

export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(VARIABLE, (whole, name: string) => values[name] ?? whole)
}

const VARIABLE = /#\{([^}]+)\}/g
