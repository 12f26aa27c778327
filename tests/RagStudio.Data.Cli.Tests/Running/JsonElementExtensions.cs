using System.Text.Json;

namespace RagStudio.Data.Cli.Tests;

internal static class JsonElementExtensions
{
    /// <summary>The names of an object's properties, in order.</summary>
    public static IEnumerable<string> Names(this JsonElement element) =>
        element.EnumerateObject().Select(property => property.Name);
}
