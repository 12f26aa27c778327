namespace RagStudio.Data;

/// <summary>The names in a file of rows, which are its contract.</summary>
internal static class RowFormat
{
    public const string Name = "ragstudio-rows";
    public const int Current = 1;

    public const string Format = "format";
    public const string Version = "version";
    public const string Tables = "tables";
    public const string Table = "table";
    public const string Row = "row";
    public const string Rows = "rows";
    public const string Sha256 = "sha256";

    /// <summary>In bytes: what an import holds in memory of a file that nobody has verified yet.</summary>
    public const int LongestLine = 1 << 28;
}
