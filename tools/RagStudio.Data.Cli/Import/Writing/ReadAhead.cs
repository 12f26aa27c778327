using System.Runtime.CompilerServices;

namespace RagStudio.Data.Cli;

/// <summary>Lets a reader run in parallel with its consumer.</summary>
internal static class ReadAhead
{
    /// <summary>Reads one item ahead, never more, so at most two are in memory.</summary>
    /// <param name="source">The reader.</param>
    /// <param name="cancellationToken">Stops the reader.</param>
    public static async IAsyncEnumerable<T> OneAhead<T>(
        this IAsyncEnumerable<T> source,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var items = source.GetAsyncEnumerator(cancellationToken);
        var next = Next(items, cancellationToken);
        try
        {
            while (await next)
            {
                var item = items.Current;
                next = Next(items, cancellationToken);
                yield return item;
            }
        }
        finally
        {
            // If the consumer stops early, the reader is still running, and must not be disposed before it
            // has finished.
            await Task.WhenAny(next);
        }
    }

    private static Task<bool> Next<T>(IAsyncEnumerator<T> items, CancellationToken cancellationToken) =>
        Task.Run(async () => await items.MoveNextAsync(), cancellationToken);
}
