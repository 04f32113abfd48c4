// What is kept of an earlier generate must be thrown away when anything changed that it was made from.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { sources } from '../../../scripts/rehearsal/up-to-date.ts'

const checkout = fileURLToPath(new URL('../../..', import.meta.url))
const test = suite('what generated/ is made from')

/** Every file of the checkout that the entry imports, of itself or through others. */
async function imported(entry: string): Promise<readonly string[]> {
  const { metafile } = await build({
    entryPoints: [entry],
    absWorkingDir: checkout,
    bundle: true,
    write: false,
    metafile: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    logLevel: 'silent',
  })
  return Object.keys(metafile.inputs)
}

for (const entry of ['scripts/lib/generated.ts', 'handlers/notifier/index.ts']) {
  test(`is all of what ${entry} imports`, async () => {
    const known = new Set(sources())
    const files = await imported(entry)
    assert.ok(files.length > 10, files.join())
    assert.equal(
      files.filter((file) => !known.has(file)),
      [],
    )
  })
}

test('are the versions of the packages, too', () => {
  assert.ok(sources().includes('package-lock.json'))
})

test.run()
