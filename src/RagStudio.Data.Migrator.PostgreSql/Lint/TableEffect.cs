namespace RagStudio.Data.Migrator.PostgreSql.Lint;

/// <summary>What a statement does to a table.</summary>
/// <param name="Table">The oid of the table.</param>
/// <param name="Statement">The statement.</param>
/// <param name="Acquired">The strongest lock that it acquires; <see langword="null"/> if the transaction had all of them.</param>
/// <param name="Held">The strongest lock that the run holds meanwhile.</param>
/// <param name="Rewrites">True if the table gets a new file with the same rows.</param>
/// <param name="Scans">True if the whole table is read.</param>
/// <param name="SaferForm">A way that blocks others less; <see langword="null"/> if none is known.</param>
internal sealed record TableEffect(
    long Table,
    string Statement,
    LockMode? Acquired,
    LockMode Held,
    bool Rewrites,
    bool Scans,
    string? SaferForm
);
