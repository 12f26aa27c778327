using RagStudio.Data.Migrator.PostgreSql.Statements;

namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>Ways to the same schema that block others less, by what a statement has changed.</summary>
internal static class SaferForms
{
    private const string Release =
        "an earlier statement of the run holds the lock until the commit: leave this one to a later run";

    private const string NotValid = "add the constraint NOT VALID, and VALIDATE CONSTRAINT in a later run";

    /// <param name="change">The changes.</param>
    /// <param name="acquired">The lock that the statement needs.</param>
    /// <param name="held">The lock that the run holds.</param>
    /// <param name="isRewritten">True if the table was rewritten.</param>
    /// <returns>The form; <see langword="null"/> if none is known.</returns>
    public static string? Find(StatementChange change, LockMode? acquired, LockMode held, bool isRewritten) =>
        held < LockMode.Share ? null
        : acquired is null or < LockMode.Share ? Release
        : isRewritten ? InsteadOfRewriting(change)
        : change.NewConstraints.Overlaps("fc") ? NotValid
        : change.NotNull is { } column ? Checked(PostgreSqlText.Quote(column.Name))
        : change.NewConstraints.Overlaps("pu")
            ? "create the unique index CONCURRENTLY, and ADD CONSTRAINT … USING INDEX in a later run"
        : change.NewConstraints.Contains('x') ? null
        : change.HasNewIndex ? "create the index CONCURRENTLY (IsCreatedConcurrently() in the model)"
        : change.HasNewIndexFile ? "REINDEX … CONCURRENTLY"
        : null;

    private static string? InsteadOfRewriting(StatementChange change) =>
        change.HasNewType
            ? "add a new column, fill it in batches by code (AddCode) in a later run, and drop the old one in another"
        : change.NewColumns.Any(column => column.IsComputed)
            ? "add a plain column, and fill it in batches by code (AddCode) in a later run"
        : change.NewColumns.Any()
            ? "add the column without the default, then set the default, and fill existing rows in batches by code (AddCode) in a later run"
        : null;

    private static string Checked(string column) =>
        $"add CHECK ({column} IS NOT NULL) NOT VALID, VALIDATE CONSTRAINT in a later run, and then SET NOT NULL, which scans nothing";
}
