// A token as GitHub's issuer writes it for a job, signed by a key of this process.
import { generateKeyPairSync, sign } from 'node:crypto'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

export function token(claims: Readonly<Record<string, string>>): string {
  const seconds = Math.floor(Date.now() / 1000)
  const body = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'sts.amazonaws.com',
    iat: seconds,
    nbf: seconds - 10,
    exp: seconds + 300,
    ...claims,
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const signed = `${part({ alg: 'RS256', typ: 'JWT', kid: 'sample' })}.${part(body)}`
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), privateKey).toString('base64url')}`
}
