import { describe, expect, it } from 'vitest';
import { seconds, stateWith } from '../../test/state.js';
import { RememberedStates } from './remembered-states.js';

const sessionOf = (id: string, sessionId = 'one') => ({ account: { kind: 'customer', id }, sessionId }) as const;
const NOW = seconds(0);

describe('Remembered states', () => {
  it('are those of one session, not of another one of the account', () => {
    const states = new RememberedStates();
    const state = stateWith({ revision: '7' });
    states.remember(sessionOf('1'), state, NOW);
    expect(states.get(sessionOf('1'), NOW)).toBe(state);
    expect(states.get(sessionOf('1', 'two'), NOW)).toBeUndefined();
    expect(states.get(sessionOf('2'), NOW)).toBeUndefined();
  });

  it('are trusted for a minute, which no further use prolongs', () => {
    const states = new RememberedStates();
    states.remember(sessionOf('1'), stateWith({ revision: '7' }), NOW);
    states.remember(sessionOf('1'), stateWith({ revision: '7' }), seconds(59));
    expect(states.get(sessionOf('1'), seconds(59))).toBeDefined();
    expect(states.get(sessionOf('1'), seconds(60))).toBeUndefined();
    states.remember(sessionOf('1'), stateWith({ revision: '7' }), seconds(60));
    expect(states.get(sessionOf('1'), seconds(119))).toBeDefined();
  });

  it('give way to a later revision', () => {
    const states = new RememberedStates();
    states.remember(sessionOf('1'), stateWith({ revision: '7' }), NOW);
    states.remember(sessionOf('1'), stateWith({ revision: '8' }), seconds(30));
    expect(states.get(sessionOf('1'), seconds(89))?.revision).toBe('8');
  });

  it('are forgotten for one session alone', () => {
    const states = new RememberedStates();
    for (const id of ['1', '2']) states.remember(sessionOf(id), stateWith(), NOW);
    states.forget(sessionOf('1'));
    expect([states.get(sessionOf('1'), NOW), states.get(sessionOf('2'), NOW)]).toEqual([undefined, stateWith()]);
  });

  it('are at most 10,000: the first one makes room', () => {
    const states = new RememberedStates();
    for (let id = 0; id <= 10_000; id += 1) states.remember(sessionOf(String(id)), stateWith(), NOW);
    expect(states.get(sessionOf('0'), NOW)).toBeUndefined();
    expect(states.get(sessionOf('1'), NOW)).toBeDefined();
    expect(states.get(sessionOf('10000'), NOW)).toBeDefined();
  });
});
