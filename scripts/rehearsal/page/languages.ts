// The languages of the page, and which one a browser is spoken to in.

export const languages = { en: 'English', ko: '한국어' } as const
export type Language = keyof typeof languages

/** What was asked for, or what the browser prefers of the two. */
export function languageOf(asked: string | null, accepted = ''): Language {
  if (asked === 'ko' || asked === 'en') return asked
  const preferred = accepted.split(',').map((one) => one.trim().slice(0, 2).toLowerCase())
  return preferred.find((one): one is Language => one === 'ko' || one === 'en') ?? 'en'
}
