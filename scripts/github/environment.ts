// Refuses to go on while the environment of the deploy can be reached from more than the branch that is deployed.
import { main } from '../lib/command.ts'
import { gitHub } from '../lib/github/api.ts'
import { deployment } from '../lib/github/deployment.ts'
import { guardedEnvironment } from '../lib/github/environment.ts'

const { branch, environment } = deployment

await main({
  usage: 'npm run github:environment',
  purpose: `Looks whether the branch ${branch} alone can deploy into the environment ${environment}, before anything signs in.`,
  details: `Needs GITHUB_TOKEN with actions: read, and GITHUB_REPOSITORY.
example: GITHUB_TOKEN=$(gh auth token) GITHUB_REPOSITORY=OWNER/REPOSITORY npm run github:environment
exit code: 0 it is guarded, 1 it is not, or GitHub refused to say; 2 used or configured wrongly`,
  run: async () => {
    const { reviewed } = await guardedEnvironment(gitHub())
    const asked = reviewed ? 'once its reviewers say yes' : 'and nobody is asked first'
    const text = `the branch ${branch} alone can deploy into the environment ${environment}, ${asked}`
    return { ok: true, text, json: { environment, branches: [branch], reviewed }, markdown: `${text}\n` }
  },
})
