// The page as docs/ show it, narrow and wide, in both languages, after NHN Cloud refused a sign-in's SMS.
import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { main } from '../../scripts/lib/command.ts'
import { needChromium, startBrowser } from './browser.ts'
import { startRehearsal } from './rehearsal.ts'

const folder = fileURLToPath(new URL('../../docs/page/', import.meta.url))
// Narrow is longer than a phone, so that all phones are in the picture.
const screens = { wide: { width: 1440, height: 900 }, narrow: { width: 390, height: 1750 } }

await main({
  usage: 'npm run screenshots',
  purpose: 'Takes the pictures of the page in docs/page, and writes over those that are there.',
  details: `Needs Chromium, at CHROMIUM where it is not /usr/bin/chromium, and Noto's CJK and emoji fonts.
exit code: 0 taken, 1 not, 2 used wrongly, or there is no Chromium`,
  run: async (_options, { note }) => {
    needChromium()
    mkdirSync(folder, { recursive: true })
    const rehearsal = await startRehearsal()
    try {
      await takePictures(rehearsal.url, note)
    } finally {
      await rehearsal.stop()
    }
    return { ok: true, text: 'look at them before you commit them', json: {} }
  },
})

async function takePictures(url: string, note: (line: string) => void): Promise<void> {
  const browser = await startBrowser({ colorScheme: 'light' })
  try {
    const page = await browser.context.newPage()
    await page.goto(`${url}/?lang=en`)
    // What was fired to see whether the stage stands.
    await page.click('#clear')
    await page.selectOption('#switch-nhn-sms', 'refuses')
    await page.click('button[value=root-console-login-without-mfa]')
    await page.locator('#strip', { hasText: /SOLAPI SMS rang within/ }).waitFor()
    for (const [name, viewport] of Object.entries(screens)) {
      await page.setViewportSize(viewport)
      for (const language of ['en', 'ko']) {
        await page.goto(`${url}/?lang=${language}`)
        await page.screenshot({ path: `${folder}${name}-${language}.png` })
        note(`docs/page/${name}-${language}.png`)
      }
    }
  } finally {
    await browser.close()
  }
}
