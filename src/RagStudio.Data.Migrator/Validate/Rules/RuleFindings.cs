namespace RagStudio.Data.Migrator;

/// <summary>Collects what rules report: counts all of it and keeps the first.</summary>
internal sealed class RuleFindings
{
    private readonly Dictionary<
        (string, ValidationErrorKind, string?),
        (long Count, List<ValidationError> First)
    > _found = [];

    public IReadOnlyList<ValidationFinding> All =>
        [
            .. _found.Select(pair => new ValidationFinding(
                pair.Key.Item1,
                pair.Key.Item2,
                pair.Key.Item3,
                pair.Value.Count,
                pair.Value.First
            )),
        ];

    public void Add(string rule, ValidationError error)
    {
        var key = (rule, error.Kind, error.Table);
        var (count, first) = _found.TryGetValue(key, out var known) ? known : (0, []);
        if (first.Count < ValidationFinding.MostNamed)
        {
            first.Add(error);
        }
        _found[key] = (count + 1, first);
    }
}
