// What is wrong with the settings, said so that it can be mended: file, line, field, what was found, what is allowed.

export interface Problem {
  readonly file: string
  /** From 1, as editors count. */
  readonly line: number
  /** From 1; of what is no YAML, where a line says too little. */
  readonly column?: number
  /** As `routes.sms.0`; '' for the file as a whole. */
  readonly field: string
  readonly found: string
  readonly allowed: string
}

/** Thrown instead of a guess. Commands print the message and exit with 2. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map(sentence).join('\n'))
  }
}

function sentence({ file, line, column, field, found, allowed }: Problem): string {
  const place = column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`
  return `${place}: ${field === '' ? '' : `${field}: `}found ${found}; allowed: ${allowed}`
}
