using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Run;

/// <summary>Rows that were there before a run and that it removed.</summary>
/// <param name="Database">The database whose migration did it; <see langword="null"/> where it was done beside the migrations.</param>
/// <param name="Version">The migration; <see langword="null"/> where it was done beside the migrations.</param>
/// <param name="Original">What the table was called before the run.</param>
/// <param name="Table">What it was called before the migration.</param>
/// <param name="Rows">How many.</param>
/// <param name="IsGone">Whether the table is gone as well.</param>
internal sealed record RowLoss(
    IMigrationDatabase? Database,
    string? Version,
    string Original,
    string Table,
    long Rows,
    bool IsGone
);
