using System.Globalization;

namespace RagStudio.Data.Benchmarks;

/// <summary>
/// An assembly of scripts in the form that each peer expects: a resource for each script, named for Evolve's
/// order, and a class for each that makes FluentMigrator run the resource.
/// </summary>
internal static class ScriptAssembly
{
    public static Task WriteAsync(string file, IReadOnlyList<KeyValuePair<string, string>> scripts) =>
        SourceCompiler.CompileAsync(
            file,
            scripts.Select((script, i) => Class(Name(script.Key, i), i)),
            [.. scripts.Select((script, i) => new KeyValuePair<string, string>(Name(script.Key, i), script.Value))]
        );

    private static string Class(string resource, int index) =>
        $$"""
            namespace Scripts;
            [FluentMigrator.Migration({{index + 1}})]
            public sealed class Script{{index + 1}} : FluentMigrator.ForwardOnlyMigration
            {
                public override void Up() => Execute.EmbeddedScript("{{resource}}");
            }
            """;

    private static string Name(string id, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"Scripts.V{index + 1:0000}__{id}.sql");
}
