// What is on the screen: the stage's state, drawn by the views in a language, and those who want to know when it changes.

import type { Notice } from './actions.ts'
import type { Language } from './languages.ts'
import type { Theatre } from './theatre.ts'
import { cost } from './views/cost.ts'
import { layout } from './views/layout.ts'
import { phones } from './views/phones.ts'
import { records } from './views/records.ts'
import { resources } from './views/resources.ts'
import { strip } from './views/strip.ts'
import { switches } from './views/switches.ts'
import { watched } from './views/watched.ts'
import { way } from './views/way.ts'
import { type Watching, watching } from './watching.ts'
import { words } from './words/words.ts'

export interface Screen {
  readonly theatre: Theatre
  /** What is wrong with what was asked last. */
  notice: Notice | undefined
  readonly watchers: Set<() => void>
  readonly changed: () => void
  /** The parts that change, by the id of their element. */
  readonly parts: (language: Language) => Readonly<Record<string, string>>
  readonly page: (path: string, language: Language, search: string) => Promise<string | undefined>
}

export function screenOf(theatre: Theatre, watchers: Set<() => void>): Screen {
  let seen: Promise<Watching> | undefined
  const screen: Screen = {
    theatre,
    notice: undefined,
    watchers,
    changed: () => {
      for (const watcher of watchers) watcher()
    },
    parts: (language) => {
      const drawn = drawnParts(screen, language)
      return Object.fromEntries(Object.entries(drawn).map(([part, { html }]) => [part, html]))
    },
    page: async (path, language, search) => {
      const say = words[language]
      if (path === '/') {
        const left = records(theatre.records, say, language, search)
        return layout.stage({ left, ...drawnParts(screen, language) }, say, language).html
      }
      if (path === '/watched') {
        seen ??= watching(theatre)
        return layout.page(path, watched(await seen, say), say, language).html
      }
      // Both read generated/, which may be about to be written anew.
      if (path === '/resources' || path === '/cost') await theatre.generated
      if (path === '/resources') return layout.page(path, resources(theatre.settings, say), say, language).html
      if (path === '/cost') return layout.page(path, cost(say), say, language).html
      return undefined
    },
  }
  return screen
}

function drawnParts({ theatre, notice }: Screen, language: Language) {
  const say = words[language]
  return {
    strip: strip(theatre, notice, say),
    way: way(theatre, say, language),
    phones: phones(theatre, say, language),
    switches: switches(theatre, say, language),
  }
}
