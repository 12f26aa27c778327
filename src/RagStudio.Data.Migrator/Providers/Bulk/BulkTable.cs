using Microsoft.EntityFrameworkCore.Metadata;

namespace RagStudio.Data.Migrator.Providers;

/// <summary>A table of a context's model, with the columns that are read or written.</summary>
/// <param name="Table">The table.</param>
/// <param name="Name">Its name for people, as by <see cref="IMigrationDatabase.NameOf"/>.</param>
/// <param name="Columns">The columns.</param>
public sealed record BulkTable(ITable Table, string Name, IReadOnlyList<BulkColumn> Columns);
