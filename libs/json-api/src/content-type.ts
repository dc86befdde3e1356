/** The media type of every JSON response, without a charset (contract: section 4, point 1). */
export const JSON_API_MEDIA_TYPE = 'application/vnd.api+json';
