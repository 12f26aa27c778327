using System.Runtime.ExceptionServices;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>Releases several resources, each one even if others fail.</summary>
internal static class Releases
{
    /// <exception cref="Exception">The first error, after all of them were tried.</exception>
    public static void Run(params ReadOnlySpan<Action> releases)
    {
        Exception? first = null;
        foreach (var release in releases)
        {
            try
            {
                release();
            }
            catch (Exception failure)
            {
                first ??= failure;
            }
        }
        if (first is not null)
        {
            ExceptionDispatchInfo.Throw(first);
        }
    }
}
