// Writes docs/aws-contract.md, the page of what is held of AWS, or checks that it is what the rules come to.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { main } from '../../scripts/lib/command.ts'
import { contractPage } from './page.ts'

/** In the folder a command is run in. */
const path = 'docs/aws-contract.md'

await main({
  usage: 'npm run contract',
  purpose: `Writes ${path}: what AWS refuses, as the rules of test/aws-contract/ hold it.`,
  options: { check: { type: 'boolean', help: 'write nothing; fail when the page is not what it should be' } },
  run: async ({ check }) => {
    const page = contractPage()
    const same = existsSync(path) && readFileSync(path, 'utf8') === page
    if (same) return { ok: true, text: `${path} is up to date`, json: { path, changed: false } }
    if (check) {
      const text = `${path} is not what the rules come to\n  → npm run contract, and commit what it writes`
      return { ok: false, text, json: { path, changed: true } }
    }
    writeFileSync(path, page)
    return { ok: true, text: `wrote ${path}`, json: { path, changed: true } }
  },
})
