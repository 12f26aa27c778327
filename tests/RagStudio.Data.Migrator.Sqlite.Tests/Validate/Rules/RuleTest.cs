using Microsoft.Extensions.DependencyInjection;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Validate.Rules;

/// <summary>A test of rules on two database files, "shop" and "archive", created by plain SQL.</summary>
public abstract class RuleTest : ShopTest
{
    /// <summary>Validates the shop's rules.</summary>
    protected async Task<ValidationReport> ValidateShopAsync(params IReadOnlyList<ValidationRule> rules) =>
        (await ValidateAsync(rules)).Reports.Single(report => report.Database == "shop");

    protected Task<ValidationSummary> ValidateAsync(params IReadOnlyList<ValidationRule> rules) =>
        Validator(rules).ValidateAsync();

    protected DataValidator Validator(params IReadOnlyList<ValidationRule> rules)
    {
        var services = new ServiceCollection();
        var migrator = services
            .AddMigrator()
            .AddSqliteDatabase<FirstShopContext>("shop", $"Data Source={Shop.PathOf("shop")}")
            .AddSqliteDatabase<FirstShopContext>("archive", $"Data Source={Shop.PathOf("archive")}");
        foreach (var rule in rules)
        {
            migrator.AddRule(rule, "shop");
        }
        return services.BuildServiceProvider().GetRequiredService<DataValidator>();
    }

    protected static IEnumerable<(string? Id, string Detail)> Told(ValidationReport report) =>
        report.Errors.Select(error => (error.Id, error.Detail));
}
