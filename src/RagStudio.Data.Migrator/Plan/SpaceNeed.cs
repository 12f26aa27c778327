namespace RagStudio.Data.Migrator;

/// <summary>How much free space the migrations of a storage need beside it, as far as that can be told.</summary>
internal static class SpaceNeed
{
    /// <summary>What a migration without a rebuild writes is not known; this is what an index or a few columns take.</summary>
    private const long Margin = 1 << 20;

    /// <summary>Rebuilding a table that is nearly the whole database was measured to peak at three times its size.</summary>
    private const int RebuildFactor = 2;

    /// <returns>Bytes beside those that the storage takes already.</returns>
    public static long Of(long storageBytes, bool rebuilds) =>
        rebuilds ? RebuildFactor * storageBytes : storageBytes / 10 + Margin;
}
