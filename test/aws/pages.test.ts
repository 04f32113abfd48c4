// What the pages say of a deploy to an emulator is so: a block with <!-- test:aws runs --> before it is run in a copy of the
// checkout beside `npm run emulator`, and prints the lines of the text block after it, among others.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { type Copy, copy, quietEnvironment } from '../docs/copy.ts'
import { pages } from '../docs/pages.ts'

interface Emulator {
  /** As `npm run emulator` tells people to type it. */
  readonly exports: string
  /** As Ctrl-C does. */
  readonly end: () => Promise<unknown>
}

const suiteOfPages = suite('pages about the emulator')

// What a Korean page shows is the same code, which test/docs/links.test.ts holds.
for (const { path, blocks } of pages().filter(({ path }) => !/\.ko\.md$|\/ko\//.test(path))) {
  for (const [index, block] of blocks.entries()) {
    if (block.marker !== 'test:aws runs') continue
    suiteOfPages(`${path}:${block.line} runs beside npm run emulator`, async () => {
      const checkout = copy()
      const emulator = await startEmulator(checkout)
      try {
        const said = exportsOf(block.code)
        assert.is(said, emulator.exports.replace(/127\.0\.0\.1:\d+/, '127.0.0.1:4566'))
        const { exitCode, stdout, stderr } = await checkout.shell(block.code.replace(said, emulator.exports))
        assert.is(exitCode, 0, `${stdout}${stderr}`)
        const wished = blocks[index + 1]?.code.split('\n').filter(Boolean) ?? []
        const printed = stdout.split('\n')
        assert.equal(
          printed.filter((line) => wished.includes(line)),
          wished,
        )
      } finally {
        await emulator.end()
        checkout.remove()
      }
    })
  }
}
suiteOfPages.run()

function exportsOf(code: string): string {
  return /^export .*$/m.exec(code)?.[0] ?? ''
}

async function startEmulator({ folder }: Copy): Promise<Emulator> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'test/aws/emulator.ts'], {
    cwd: folder,
    env: { ...quietEnvironment(), PORT: '0' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  let said = ''
  for await (const text of child.stdout.setEncoding('utf8').iterator({ destroyOnReturn: false })) {
    said += text
    if (exportsOf(said.replaceAll(/^ +/gm, '')) !== '') break
  }
  return {
    exports: exportsOf(said.replaceAll(/^ +/gm, '')),
    end: () => {
      child.kill('SIGINT')
      return ended
    },
  }
}
