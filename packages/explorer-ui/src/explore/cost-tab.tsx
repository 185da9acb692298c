export function CostTab(_: {
  name: string;
  type?: string;
  unit?: string;
  lit?: string | undefined;
  onPoint?: (id: string | undefined) => void;
}) {
  return null;
}
