// The page of `npm start`: a stage to play on, drawn in a browser of this machine. It is there before the stage is.
import type { Settings } from '../../../templates-src/config/schema.ts'
import type { Stage } from '../stage.ts'
import type { Providers } from '../stand-ins.ts'
import { startAwsFaults } from './aws-faults.ts'
import { type Screen, screenOf } from './screen.ts'
import { serve } from './server.ts'
import { openTheatre } from './theatre.ts'

export interface Page {
  readonly url: string
  /** When what is fired is played; rejected when the stage could not be set. */
  readonly stands: Promise<unknown>
  readonly close: () => void
}

export interface Setting {
  readonly settings: Settings
  readonly providers: Providers
  /** Where the emulator is, or will be. */
  readonly endpoint: string
  /** Sets the stage, once the page is served. */
  readonly stage: () => Promise<Stage>
  /** Settles when what lies in generated/ is what the settings come to. */
  readonly generated: Promise<unknown>
}

export async function openPage({ endpoint, stage, ...setting }: Setting, port: number): Promise<Page> {
  const watchers: Screen['watchers'] = new Set()
  const faults = await startAwsFaults(endpoint)
  let opened = () => {}
  const hands = new Promise<void>((resolve) => {
    opened = resolve
  })
    .then(stage)
    .then(async (ready) => (await import('./hands.ts')).handsOf(ready, faults.endpoint))
  const theatre = openTheatre({ ...setting, faults, hands }, () => {
    for (const watcher of watchers) watcher()
  })
  const served = await serve(screenOf(theatre, watchers), port)
  opened()
  return {
    url: served.url,
    stands: theatre.hands,
    close: () => {
      served.close()
      theatre.close()
    },
  }
}
