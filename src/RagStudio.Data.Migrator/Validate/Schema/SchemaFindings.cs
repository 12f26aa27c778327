using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Validate;

/// <summary>Collects the differences between two schemas, each under its own key.</summary>
internal sealed class SchemaFindings
{
    private readonly List<ValidationFinding> _findings = [];
    private readonly List<ValidationWarning> _warnings = [];
    private readonly List<ObjectDifference> _differences = [];

    /// <summary>All of them, each under the key of the object: what is missing on one side is unexpected on the other.</summary>
    public IReadOnlyList<ObjectDifference> Differences => _differences;

    /// <summary>
    /// Differences with the same key, such as two foreign keys of the same columns, are merged into one
    /// finding.
    /// </summary>
    public IReadOnlyList<ValidationFinding> Findings =>
        [
            .. _findings
                .GroupBy(finding => finding.Key)
                .Select(same =>
                    same.First() with
                    {
                        Count = same.Count(),
                        First = [.. same.SelectMany(f => f.First).Take(ValidationFinding.MaxNamed)],
                    }
                ),
        ];

    public IReadOnlyList<ValidationWarning> Warnings => _warnings;

    public void AddMissingTable(string table) =>
        Add(
            $"table {table}",
            new ValidationError(ValidationErrorKind.MissingTable, table, null, $"the table '{table}' is missing")
        );

    public void AddObject(DatabaseObject other, string what) =>
        Add($"{other.Kind} {other.Name}", other.Name, null, $"the {other.Kind} '{other.Name}' {what}");

    /// <param name="what">The kind of difference, which is part of its key between two validations.</param>
    /// <param name="table">The table or view.</param>
    /// <param name="id">The column or other object in it.</param>
    /// <param name="detail">The description for the user.</param>
    public void Add(string what, string table, string? id, string detail) =>
        Add(what, new ValidationError(ValidationErrorKind.SchemaMismatch, table, id, detail));

    /// <param name="kind">The kind of warning.</param>
    /// <param name="what">The unexpected object, by the key that it would have if it were missing.</param>
    /// <param name="table">The table or view.</param>
    /// <param name="detail">The description for the user.</param>
    public void Warn(ValidationWarningKind kind, string what, string table, string detail)
    {
        _warnings.Add(new ValidationWarning(kind, table, detail));
        _differences.Add(new ObjectDifference(what, detail));
    }

    private void Add(string what, ValidationError error)
    {
        _findings.Add(ValidationFinding.From($"schema: {what}", error));
        _differences.Add(new ObjectDifference(what, error.Detail));
    }
}
