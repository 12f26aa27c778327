using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>Rows that existed before a run and that it removed.</summary>
/// <param name="Database">
/// The database whose migration removed them; <see langword="null"/> if they were removed outside the
/// migrations.
/// </param>
/// <param name="Version">The migration; <see langword="null"/> if they were removed outside the migrations.</param>
/// <param name="Original">The table's name before the run.</param>
/// <param name="Table">The table's name before the migration.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="IsGone">True if the table is gone as well.</param>
internal sealed record RowLoss(
    IMigrationDatabase? Database,
    string? Version,
    string Original,
    string Table,
    long Rows,
    bool IsGone
);
