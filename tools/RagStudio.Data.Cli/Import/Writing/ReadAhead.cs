using System.Runtime.CompilerServices;

namespace RagStudio.Data.Cli;

/// <summary>Lets a reader work while its consumer does.</summary>
internal static class ReadAhead
{
    /// <summary>Reads one item ahead, never more, so that two are in memory.</summary>
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
            // A consumer that gives up leaves a reader at work, which must not be disposed of before it has ended.
            await Task.WhenAny(next);
        }
    }

    private static Task<bool> Next<T>(IAsyncEnumerator<T> items, CancellationToken cancellationToken) =>
        Task.Run(async () => await items.MoveNextAsync(), cancellationToken);
}
