using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Cli;

/// <summary>Determines the provider of a context.</summary>
internal static class ApplicationProviders
{
    private static readonly IApplicationProvider[] All =
    [
        new SqliteApplicationProvider(),
        new PostgreSqlApplicationProvider(),
    ];

    /// <summary>The database systems for users.</summary>
    public static string Titles { get; } = string.Join(" and ", All.Select(provider => provider.Title));

    /// <summary>What to pass for a context that names no database.</summary>
    public static string Advice { get; } =
        $"pass {string.Join(" or ", All.Select(provider => $"--connection \"{provider.Example}\""))}";

    /// <summary>Finds a provider by EF's name of it; <see langword="null"/> if this tool does not work with it.</summary>
    public static IApplicationProvider? Find(string? efProvider) =>
        Array.Find(All, provider => provider.EFProvider == efProvider);

    /// <summary>
    /// Finds the provider that a context's migrations were made for; <see langword="null"/> if they do not tell.
    /// </summary>
    public static IApplicationProvider? FindByMigrations(Type context, IEnumerable<Assembly> assemblies)
    {
        var annotations = assemblies
            .SelectMany(assembly => ModelsIn(assembly, context))
            .SelectMany(AnnotationsOf)
            .Select(annotation => annotation.Name)
            .ToHashSet(StringComparer.Ordinal);
        var used = All.Where(provider =>
            annotations.Any(name => name.StartsWith(provider.AnnotationPrefix, StringComparison.Ordinal))
        );
        return Only(used);
    }

    /// <summary>
    /// Determines the provider by the keywords of a connection string that other providers do not know. SQLite reports
    /// a string that fits no provider.
    /// </summary>
    public static IApplicationProvider FindByKeywords(string connectionString)
    {
        var keywords = KeywordsOf(connectionString);
        return Only(All.Where(provider => keywords.Any(keyword => IsOnlyOf(provider, keyword)))) ?? All[0];
    }

    private static bool IsOnlyOf(IApplicationProvider provider, string keyword) =>
        All.All(other => other.HasKeyword(keyword) == (other == provider));

    private static IApplicationProvider? Only(IEnumerable<IApplicationProvider> providers) =>
        providers.ToArray() is [var only] ? only : null;

    private static string[] KeywordsOf(string connectionString)
    {
        try
        {
            return [.. new DbConnectionStringBuilder { ConnectionString = connectionString }.Keys.Cast<string>()];
        }
        // The provider reports it, without its text.
        catch (ArgumentException)
        {
            return [];
        }
    }

    private static IEnumerable<IModel> ModelsIn(Assembly assembly, Type context)
    {
        var snapshots = ApplicationAssembly
            .TypesOf(assembly)
            .Where(type =>
                type.IsSubclassOf(typeof(ModelSnapshot))
                && type.GetCustomAttribute<DbContextAttribute>()?.ContextType == context
            )
            .Select(type => ((ModelSnapshot)Activator.CreateInstance(type, nonPublic: true)!).Model);
        var targets = KnownMigration.Find(context, assembly).Select(known => known.Create("").TargetModel);
        return snapshots.Concat(targets);
    }

    private static IEnumerable<IAnnotation> AnnotationsOf(IModel model) =>
        model
            .GetAnnotations()
            .Concat(
                model
                    .GetEntityTypes()
                    .SelectMany(type =>
                        type.GetAnnotations()
                            .Concat(type.GetDeclaredProperties().SelectMany(property => property.GetAnnotations()))
                            .Concat(type.GetDeclaredIndexes().SelectMany(index => index.GetAnnotations()))
                            .Concat(type.GetDeclaredKeys().SelectMany(key => key.GetAnnotations()))
                    )
            );
}
