// What every command does alike, shown on those that end before they need AWS.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { suite } from 'uvu'
import * as assert from 'uvu/assert'
import { permissions } from '../../templates-src/parts/bootstrap-permissions.ts'
import { type CommandName, checkout } from '../checkout.ts'

const COMMANDS: readonly CommandName[] = [
  'plan',
  'deploy',
  'drift',
  'drill',
  'doctor',
  'secrets',
  'bootstrap',
  'destroy',
]
/** Nothing listens on port 9 here: who comes this far has found settings and templates to be right. */
const nowhere = { AWS_ENDPOINT_URL: 'http://127.0.0.1:9', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' }

const test = suite('every command')

for (const command of COMMANDS) {
  test(`${command} --help prints its purpose, its exit codes and the permissions it needs`, async () => {
    const repository = checkout(nowhere)
    const { exitCode, stdout } = await repository.run(command, '--help')
    repository.remove()
    assert.is(exitCode, 0)
    assert.match(stdout, `usage: npm run ${command} -- [options]`)
    assert.match(stdout, 'exit code: 0 ')
    const [, printed = ''] = stdout.split('AWS permissions it needs:\n')
    const actions = printed
      // A list that is longer than a line goes on in the next one.
      .replaceAll(/,\n {4,}/g, ', ')
      .trim()
      .split('\n')
      .flatMap((line) => {
        const [service = '', names = ''] = line.trim().split(': ')
        return names.split(', ').map((name) => `${service}:${name}`)
      })
    assert.equal(actions.sort(), [...new Set<string>(permissions[command as keyof typeof permissions])].sort())
  })
}

test('that fails says so to a program, in JSON alone, and to the job summary', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'root-guard-summary-'))
  const summary = join(folder, 'summary.md')
  writeFileSync(summary, '')
  const repository = checkout({ ...nowhere, GITHUB_STEP_SUMMARY: summary })
  const { exitCode, stdout, stderr } = await repository.run('drift', '--json')
  repository.remove()
  assert.is(exitCode, 1)
  const { error } = JSON.parse(stdout)
  assert.match(error.message, 'sts:GetCallerIdentity: ')
  assert.match(error.hint, 'http://127.0.0.1:9 cannot be reached (ECONNREFUSED)')
  assert.match(stderr, error.message)
  const written = readFileSync(summary, 'utf8')
  rmSync(folder, { recursive: true })
  assert.match(written, '### npm run drift failed')
  assert.match(written, error.hint)
})

test('that is used wrongly says so in JSON, too, and exits with 2', async () => {
  const repository = checkout(nowhere)
  const { exitCode, stdout } = await repository.run('deploy', '--json', '--fast')
  repository.remove()
  assert.is(exitCode, 2)
  assert.match(JSON.parse(stdout).error.message, "Unknown option '--fast'")
})

test('without credentials ends with 2, says what to run, and says it to a program in JSON alone', async () => {
  // No file, no container, no instance has any; HOME is where ~/.aws would be.
  const repository = checkout({ AWS_EC2_METADATA_DISABLED: 'true', HOME: '/nowhere' })
  assert.is((await repository.run('generate')).exitCode, 0)
  for (const command of COMMANDS) {
    const { exitCode, stdout, stderr } = await repository.run(command, '--json')
    assert.is(exitCode, 2, `${command}: ${stderr}`)
    assert.match(JSON.parse(stdout).error.hint, 'no AWS credentials were found: set AWS_PROFILE, or sign in', command)
  }
  repository.remove()
})

test('whose settings are no YAML ends with 2, and says file, line and column to a person and a program', async () => {
  const repository = checkout(nowhere)
  repository.edit('  logDays', '\tlogDays')
  for (const command of ['generate', 'deploy', 'drill'] as const) {
    const { exitCode, stdout, stderr } = await repository.run(command, '--json')
    assert.is(exitCode, 2, command)
    assert.match(stderr, /root-guard\.yaml:\d+:1: found a tab as indentation, at "logDays: 2557"; allowed: spaces/)
    const { error } = JSON.parse(stdout)
    assert.match(error.message, 'found a tab as indentation')
    assert.match(error.hint, `npm run ${command} again`)
    assert.equal(error.problems[0].column, 1)
  }
  const { exitCode, stdout } = await repository.run('corpus', '--json')
  repository.remove()
  assert.is(exitCode, 2)
  assert.match(JSON.parse(stdout).error.message, 'test/root-guard.yaml:1: found no such file')
})

test('says that npm kept an option that stood before --, and does nothing', async () => {
  const repository = checkout({ ...nowhere, npm_config_send: 'true', npm_config_channel: 'true' })
  const { exitCode, stderr } = await repository.run('drill')
  repository.remove()
  assert.is(exitCode, 2)
  assert.match(stderr, 'npm kept --send --channel NAME for itself')
})

test('that writes from generated/ refuses one that is not what its sources come to', async () => {
  for (const command of ['plan', 'deploy', 'bootstrap'] as const) {
    const repository = checkout(nowhere)
    const { exitCode, stderr } = await repository.run(command)
    repository.remove()
    assert.is(exitCode, 2, command)
    assert.match(stderr, 'is not what root-guard.yaml and templates-src come to')
    assert.match(stderr, '→ npm run generate')
  }
})

test.run()
