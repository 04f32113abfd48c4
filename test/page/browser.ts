// A real Chromium, Debian's, with a profile of its own and nothing to say to anybody but the page.
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BrowserContext, chromium } from 'playwright-core'
import { CommandError } from '../../scripts/lib/command.ts'

export interface Browser {
  readonly context: BrowserContext
  readonly close: () => Promise<void>
}

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'

/** Before anything is started that would have to be ended. */
export function needChromium(): void {
  if (existsSync(executablePath)) return
  throw new CommandError(
    `there is no ${executablePath}`,
    'apt-get install chromium, or say where one is in CHROMIUM',
    2,
  )
}

export async function startBrowser(options: object = {}): Promise<Browser> {
  const profile = mkdtempSync(join(tmpdir(), 'root-guard-chromium-'))
  const context = await chromium.launchPersistentContext(profile, {
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
    ...options,
  })
  return {
    context,
    close: async () => {
      await context.close()
      rmSync(profile, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}
