// Prints the commands for using it, as README.md has them: one table, so the two cannot differ.
import { readFileSync } from 'node:fs'
import { main } from './lib/command.ts'

await main({
  usage: 'npm run help',
  purpose: 'Prints the commands, and what each does.',
  details: 'CONTRIBUTING.md has those for working on it. Each command says more with -- --help.\nexit code: 0',
  run: async () => {
    const commands = commandsIn(readFileSync(new URL('../README.md', import.meta.url), 'utf8'))
    const width = Math.max(...commands.map(({ command }) => command.length))
    const rows = commands.map(({ command, does }) => `  ${command.padEnd(width)}  ${does}`)
    const more = 'each takes -- --help and -- --json; CONTRIBUTING.md has the commands for working on it'
    return { ok: true, text: [...rows, '', more].join('\n'), json: commands }
  },
})

interface Row {
  readonly command: string
  readonly does: string
}

/** The rows of the table whose first cell is a command; without the marks of Markdown. */
function commandsIn(readme: string): readonly Row[] {
  return [...readme.matchAll(/^\| `(npm (?:start|run \S+))` \| (.*) \|$/gm)].map(([, command = '', does = '']) => ({
    command,
    does: does.replaceAll('`', ''),
  }))
}
