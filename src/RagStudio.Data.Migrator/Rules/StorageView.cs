using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>A storage being checked, with its present schema.</summary>
internal sealed record StorageView(IStorageReader Reader, DatabaseSchema Schema);
