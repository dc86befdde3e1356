import type { Texts } from '../en/index.js';

export const agent: Texts['agent'] = {
  signIn: 'Für Agentinnen und Agenten, die für Kunden handeln.',
};
