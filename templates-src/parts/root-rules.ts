// The two managed rules that say, hourly, whether root has an access key and whether it has MFA.
import { Config } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'

/** Rules need a recorder in the Region; the one this stack makes must come first. */
export function rootRules(settings: Settings): Resources {
  const rule = (name: string, identifier: string) => {
    const resource = new Config.ConfigRule({
      ConfigRuleName: `${settings.name}-${name}`,
      MaximumExecutionFrequency: 'One_Hour',
      Source: { Owner: 'AWS', SourceIdentifier: identifier },
    })
    return settings.recorder === 'create' ? resource.dependsOn(['Recorder', 'DeliveryChannel']) : resource
  }
  return {
    RootAccessKeyRule: rule('root-access-key', 'IAM_ROOT_ACCESS_KEY_CHECK'),
    RootMfaRule: rule('root-mfa', 'ROOT_ACCOUNT_MFA_ENABLED'),
  }
}
