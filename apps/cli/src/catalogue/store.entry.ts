import { z } from 'zod';
import { currency, iso2Code, locale, text } from '../demo-data/entry-rules.js';

export const schema = z
  .strictObject({
    name: text(100),
    currencies: z.array(currency).min(1, 'must name a currency'),
    defaultCurrency: currency,
    locales: z.array(locale).min(1, 'must name a locale'),
    priceModes: z.array(z.enum(['GROSS_MODE', 'NET_MODE'])).min(1, 'must name a price mode'),
    countries: z.array(z.strictObject({ iso2Code, name: text(255) })).min(1, 'must name a country'),
    orderReferencePrefix: text(100),
  })
  .refine(({ currencies, defaultCurrency }) => currencies.length === 0 || currencies.includes(defaultCurrency), {
    path: ['defaultCurrency'],
    error: 'must be one of the currencies',
  });

export type Store = z.infer<typeof schema>;
