import description from "../../openapi.json" with { type: "json" };

/** The OpenAPI document of the JSON API, as JSON text. */
export const API_DESCRIPTION: string = JSON.stringify(description);
