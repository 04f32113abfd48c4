// Refuses to go on with a run whose commit is not the newest of the branch that is deployed.
import { main } from '../lib/command.ts'
import { gitHub } from '../lib/github/api.ts'
import { deployment } from '../lib/github/deployment.ts'
import { short, tipOf } from '../lib/github/tip.ts'

await main({
  usage: 'npm run github:tip',
  purpose: `Looks whether this run is of the newest commit of ${deployment.branch}: an older one must not be deployed again.`,
  details: `Needs GITHUB_TOKEN with contents: read, GITHUB_REPOSITORY, GITHUB_REF and GITHUB_SHA.
exit code: 0 it is, 1 it is not, or GitHub refused to say; 2 used or configured wrongly`,
  run: async () => {
    const sha = await tipOf(gitHub(), process.env)
    const text = `${short(sha)} is the tip of ${deployment.branch}`
    return { ok: true, text, json: { branch: deployment.branch, sha }, markdown: `${text}\n` }
  },
})
