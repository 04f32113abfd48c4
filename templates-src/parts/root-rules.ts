// The two managed rules that say, hourly, whether root has an access key and whether it has MFA.
import { Config } from 'cloudform'
import type { Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { rootRuleNames } from './activity-rule.ts'

/** Rules need a recorder in the Region; the one this stack makes must come first. */
export function rootRules(settings: Settings): Resources {
  const [accessKey = '', mfa = ''] = rootRuleNames(settings)
  const rule = (name: string, identifier: string) => {
    const resource = new Config.ConfigRule({
      ConfigRuleName: name,
      MaximumExecutionFrequency: 'One_Hour',
      Source: { Owner: 'AWS', SourceIdentifier: identifier },
    })
    return settings.recorder === 'create' ? resource.dependsOn(['Recorder', 'DeliveryChannel']) : resource
  }
  return {
    RootAccessKeyRule: rule(accessKey, 'IAM_ROOT_ACCESS_KEY_CHECK'),
    RootMfaRule: rule(mfa, 'ROOT_ACCOUNT_MFA_ENABLED'),
  }
}
