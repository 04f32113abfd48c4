// The page of `npm start`: a stage to play on, drawn in a browser of this machine.
import type { Stage } from '../stage.ts'
import { type Screen, screenOf } from './screen.ts'
import { serve } from './server.ts'
import { openTheatre } from './theatre.ts'

export interface Page {
  readonly url: string
  readonly close: () => void
}

export async function openPage(stage: Stage, port: number): Promise<Page> {
  const watchers: Screen['watchers'] = new Set()
  const theatre = await openTheatre(stage, () => {
    for (const watcher of watchers) watcher()
  })
  const served = await serve(screenOf(theatre, watchers), port)
  return {
    url: served.url,
    close: () => {
      served.close()
      theatre.close()
    },
  }
}
