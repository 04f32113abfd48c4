// Bundles the notifier into the one file that the template carries inline.
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const entry = fileURLToPath(new URL('../../handlers/notifier/index.ts', import.meta.url))

/**
 * The bundle of handlers/notifier: CommonJS, since CloudFormation names an inline file index.js. Node 20 is what the
 * rehearsal runs it on; it runs on Lambda's Node 24 as it is. UTF-8, since a Korean letter is 3 bytes and its escape 6.
 */
export async function bundleNotifier(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
  })
  const [file] = outputFiles
  if (file === undefined) throw new Error('esbuild wrote no bundle of handlers/notifier')
  return file.text.trimEnd()
}
