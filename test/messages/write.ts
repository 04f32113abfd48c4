// Writes docs/messages.md, the page of everything people are told, or checks that it is what the words come to.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { main } from '../../scripts/lib/command.ts'
import { messagesPage } from './page.ts'

/** In the folder a command is run in. */
const path = 'docs/messages.md'

await main({
  usage: 'npm run messages',
  purpose: `Writes ${path}: every message in every channel and language.`,
  options: { check: { type: 'boolean', help: 'write nothing; fail when the page is not what it should be' } },
  run: async ({ check }) => {
    const page = messagesPage()
    const same = existsSync(path) && readFileSync(path, 'utf8') === page
    if (same) return { ok: true, text: `${path} is up to date`, json: { path, changed: false } }
    if (check) {
      const text = `${path} is not what the words come to\n  → npm run messages, and commit what it writes`
      return { ok: false, text, json: { path, changed: true } }
    }
    writeFileSync(path, page)
    return { ok: true, text: `wrote ${path}`, json: { path, changed: true } }
  },
})
