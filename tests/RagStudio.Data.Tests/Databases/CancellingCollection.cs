using System.Collections;

namespace RagStudio.Data.Tests;

/// <summary>
/// Cancels after its reader has read a number of items: a cancellation in the middle, without a clock.
/// </summary>
internal sealed class CancellingCollection<T>(
    IReadOnlyCollection<T> items,
    int after,
    CancellationTokenSource cancellation
) : IReadOnlyCollection<T>
{
    public int Count => items.Count;

    public IEnumerator<T> GetEnumerator()
    {
        var taken = 0;
        foreach (var item in items)
        {
            if (taken++ == after)
            {
                cancellation.Cancel();
            }

            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
