namespace RagStudio.Data.Cli;

/// <summary>The databases as the option <c>--database</c> and every report name them.</summary>
internal static class DatabaseNames
{
    public const string AppMeta = "app_meta";
    public const string Events = "events";
}
