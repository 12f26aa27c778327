using System.Runtime.ExceptionServices;

namespace RagStudio.Data.Migrator.Sqlite.Storage;

/// <summary>Several things that are let go of, each of them whatever becomes of the others.</summary>
internal static class Releases
{
    /// <exception cref="Exception">The first that failed, when all of them have been tried.</exception>
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
