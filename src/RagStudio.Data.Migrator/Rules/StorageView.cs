using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator;

/// <summary>A storage that is being checked, with its schema as it is.</summary>
internal sealed record StorageView(IStorageReader Reader, DatabaseSchema Schema);
