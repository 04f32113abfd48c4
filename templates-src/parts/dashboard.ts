// By setting: one page in CloudWatch that shows whether alerts arrive and whether the guard is well.
import { CloudWatch } from 'cloudform'
import { alarmRegion, type Settings } from '../config/schema.ts'
import type { Resources } from '../template.ts'
import { metricsNamespace } from './alarms.ts'
import { apiName } from './api.ts'
import { deadLettersName } from './dead-letters.ts'

export function dashboard(settings: Settings): Resources {
  if (!settings.dashboard) return {}
  const { name } = settings
  const widgets = [
    // Whatever channels and outcomes there are: the notifier may learn further ones.
    graph('Deliveries by channel and outcome', [
      [{ expression: `SEARCH('{${metricsNamespace},Guard,Channel,Outcome} Guard="${name}"', 'Sum', 3600)` }],
    ]),
    graph('Drills that passed', [[metricsNamespace, 'Drills', 'Guard', name]]),
    graph('The API', [
      ['AWS/ApiGateway', 'Count', 'ApiName', apiName(settings), 'Stage', 'live'],
      ['.', '5XXError', '.', '.', '.', '.'],
    ]),
    graph('Dead letters', [['AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'QueueName', deadLettersName(settings)]]),
  ]
  const body = { widgets: widgets.map((widget) => ({ ...widget, width: 12, height: 6 })) }
  return { Dashboard: new CloudWatch.Dashboard({ DashboardName: name, DashboardBody: JSON.stringify(body) }) }
}

function graph(title: string, metrics: readonly (readonly unknown[])[]) {
  return { type: 'metric', properties: { title, metrics, stat: 'Sum', period: 3600, region: alarmRegion } }
}
