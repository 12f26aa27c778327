using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;

namespace RagStudio.Data.Tests;

/// <summary>Tests the compiled models, which contexts use instead of running their configuration.</summary>
[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class CompiledModelTests(DataProvider provider) : DatabaseTests(provider)
{
    [Test]
    public void A_context_takes_its_compiled_model_and_that_is_what_the_configuration_says(
        [Values("AppMeta", "Events")] string name
    )
    {
        using DbContext context = name == "AppMeta" ? Data.AppMeta.CreateDbContext() : Data.Events.CreateDbContext();
        var configured = context.GetService<IDesignTimeModel>().Model;

        Assert.That(context.Model.GetType().Name, Is.EqualTo($"{name}ContextModel"));
        Assert.That(
            Describe(context.Model),
            Is.EqualTo(Describe(configured)).And.Not.Empty,
            "run './efmigrations.ps1 optimize'"
        );
    }

    private static List<string> Describe(IModel model) =>
        [
            .. model
                .GetEntityTypes()
                .SelectMany(type =>
                    type.GetProperties()
                        .Select(Describe)
                        .Concat(type.GetKeys().Select(key => key.ToString()))
                        .Concat(type.GetForeignKeys().Select(key => $"{key} {key.DeleteBehavior}"))
                        .Concat(type.GetIndexes().Select(index => $"{index} {index.GetDatabaseName()}"))
                        .Select(member => $"{type.GetTableName()}: {member}")
                )
                .Order(StringComparer.Ordinal)!,
        ];

    private static string Describe(IProperty property) =>
        $"{property} {property.GetColumnName()} {property.GetColumnType()} {property.GetMaxLength()} "
        + $"{property.IsColumnNullable()} {property.GetTypeMapping().Converter?.GetType()}";
}
