namespace RagStudio.Data.Migrator;

/// <summary>A storage that a run holds.</summary>
/// <param name="Storage">The storage.</param>
/// <param name="Session">What holds it.</param>
internal sealed record HeldStorage(IDatabaseStorage Storage, IStorageSession Session);
