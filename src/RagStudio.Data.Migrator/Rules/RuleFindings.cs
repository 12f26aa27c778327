using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>Collects the findings of a rule: counts all of them and keeps the first.</summary>
internal sealed class RuleFindings(string rule)
{
    private readonly Dictionary<(ValidationErrorKind, string?), Found> _found = [];

    public IReadOnlyList<ValidationFinding> All =>
        [
            .. _found.Select(pair => new ValidationFinding(
                rule,
                pair.Key.Item1,
                pair.Key.Item2,
                pair.Value.Count,
                pair.Value.First
            )
            {
                OfConstraints = pair.Value.OfConstraints,
            }),
        ];

    public void Add(ValidationErrorKind kind, string table, string? id, string detail, bool isConstraint)
    {
        if (!_found.TryGetValue((kind, table), out var found))
        {
            _found[(kind, table)] = found = new Found();
        }
        found.Count++;
        found.OfConstraints += isConstraint ? 1 : 0;
        if (found.First.Count < ValidationFinding.MaxNamed)
        {
            found.First.Add(new ValidationError(kind, table, id, detail));
        }
    }

    private sealed class Found
    {
        public long Count { get; set; }

        public long OfConstraints { get; set; }

        public List<ValidationError> First { get; } = [];
    }
}
