using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate;

/// <summary>The library's database "shop" as its application uses it.</summary>
internal sealed class Library : IDisposable
{
    private readonly Shop _shop;
    private readonly ServiceProvider _services;

    public Library(Shop shop, Action<MigratorBuilder>? configure = null)
    {
        _shop = shop;
        var services = new ServiceCollection();
        var migrator = services
            .AddMigrator()
            .AddSqliteDatabase<LibraryContext>("shop", $"Data Source={shop.PathOf("shop")}");
        configure?.Invoke(migrator);
        _services = services.BuildServiceProvider();
    }

    public IMigrationManager Manager => _services.GetRequiredService<IMigrationManager>();

    public DataValidator Validator => _services.GetRequiredService<DataValidator>();

    public async Task<ValidationReport> ValidateAsync() => (await Validator.ValidateAsync()).Reports.Single();

    /// <summary>Changes the text of a definition, as rebuilding the table by hand would.</summary>
    public void Redefine(string name, string text, string replacement) =>
        _shop.Execute(
            $"""
            PRAGMA writable_schema = ON;
            UPDATE sqlite_master SET sql = replace(sql, '{Escaped(text)}', '{Escaped(
                replacement
            )}') WHERE name = '{name}';
            PRAGMA writable_schema = RESET;
            """
        );

    public void Dispose() => _services.Dispose();

    private static string Escaped(string text) => text.Replace("'", "''", StringComparison.Ordinal);
}
