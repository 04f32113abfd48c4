// The only way in which the page makes HTML: a template whose every value is escaped, unless it is such HTML itself.

export interface Html {
  readonly html: string
}

type Value = string | number | Html | readonly Html[]

export function html(texts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const rest = values.map((value, index) => written(value) + (texts[index + 1] ?? ''))
  return { html: (texts[0] ?? '') + rest.join('') }
}

export const nothing: Html = { html: '' }

/** Text with what stands in backticks as code. */
export function withCode(text: string): Html {
  const parts = text.split('`')
  // An odd backtick at the end opens nothing.
  const codes = parts.length - (parts.length % 2 === 0 ? 1 : 0)
  return html`${parts.map((part, n) => (n % 2 === 1 && n < codes ? html`<code>${part}</code>` : html`${n % 2 === 1 ? '`' : ''}${part}`))}`
}

/** The HTML when it is to be seen. */
export function when(seen: unknown, then: () => Html): Html {
  return seen ? then() : nothing
}

function written(value: Value): string {
  if (typeof value === 'string' || typeof value === 'number') return escaped(String(value))
  if ('html' in value) return value.html
  return value.map(({ html }) => html).join('')
}

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign)
}
