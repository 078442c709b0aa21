"""Opens the result file of tests/fake.c as others would, and checks what they see.

Usage: readers.py FILE.h5   Exit status: 0 good, 1 not, 77 a reader is not installed.
"""
import subprocess
import sys

try:
    import h5netcdf  # noqa: F401, xarray's second engine
    import h5py
    import netCDF4  # noqa: F401, xarray's first engine
    import numpy as np
    import xarray as xr
except ImportError as e:
    print("readers.py:", e)
    sys.exit(77)

PATH = sys.argv[1]
DATES = ["2020-12-31", "2021-01-31", "2021-02-28"]
NAMES_ZH = ["大理市", "漾濞彝族自治县"]
DIMS = {
    "beds": ("replicate", "time", "county"),
    "elders": ("replicate", "time", "county"),
    "people": ("replicate", "time", "county", "sex", "age_group"),
    "cost": ("replicate", "time", "county"),
    "grid": ("replicate", "time", "county", "cell"),
    "hours": ("replicate", "time", "county", "service"),
    "served": ("replicate", "time", "county", "service", "sex"),
}
UNITS = {"beds": "bed", "elders": "person", "people": "person", "cost": "CNY", "grid": "1",
         "hours": "h", "served": "person"}
SERVICES = ["service a", "service b", "service c"]


def equal(what, got, want):
    if not np.array_equal(got, want):
        raise SystemExit(f"{what}: {got!r}, not {want!r}")


def dates(values):
    return [str(v)[:10] for v in np.asarray(values)]


def check_h5py():
    with h5py.File(PATH, "r") as f:
        equal("Conventions", f.attrs["Conventions"], "CF-1.10")
        equal("title_zh", f.attrs["title_zh"], "计划")
        equal("finished", f.attrs["finished"], 1)
        equal("seed", f.attrs["seed"], 7)
        equal("digest", len(f.attrs["digest"]), 32)
        seen = []

        def visit(name, d):
            if not isinstance(d, h5py.Dataset):
                return
            seen.append(name)
            if h5py.h5ds.is_scale(d.id):
                return
            for axis in d.dims:
                equal(f"scales of {name}", len(axis), 1)
            if d.dtype.kind in "OSU":
                equal(f"texts of {name}", h5py.check_string_dtype(d.dtype).length, None)
            if d.dtype.kind == "f" and name.startswith(("series", "indicators")):
                equal(f"units of {name}", "units" in d.attrs, True)

        f.visititems(visit)
        if len(seen) < 40:
            raise SystemExit(f"only {len(seen)} datasets")
        people = f["series/people"]
        equal("element", people[1, 2, 1, 1, 2], 1000 + 200 + 10 + 5)
        equal("axis", people.dims[3][0].asstr()[...].tolist(), ["women", "men"])
        served = f["series/served"]
        equal("items", served.shape, (2, 3, 2, 3, 2))
        equal("item", served[1, 2, 1, 2, 1], 20000 + 1000 + 200 + 10 + 1)
        equal("items axis", served.dims[3][0].asstr()[...].tolist(), SERVICES)
        equal("no items", "none" in f or "series/nothing" in f, False)
        equal("grid", f["series/grid"].chunks is not None, True)


def check_xarray(engine):
    def group(name):
        return xr.open_dataset(PATH, engine=engine, group=name)

    with group(None) as root:
        equal("time", dates(root["time"]), DATES)
        equal("county", root["county"].values, [532901, 532922])
        equal("names", root["county_name_zh"].values.tolist(), NAMES_ZH)
        equal("sex_zh", root["sex_zh"].values.tolist(), ["女", "男"])
        equal("sex_zh axis", root["sex_zh"].dims, ("sex",))
        equal("service_zh", root["service_zh"].values.tolist(), ["助浴", "助餐", "助行"])
        equal("service_zh axis", root["service_zh"].dims, ("service",))
        equal("age", root["age_group"].values, [60.0, 70.0, 80.0])
        equal("age units", root["age_group"].attrs["units"], "yr")
        equal("county", root["county_name"].values.tolist(), ["Dali", 'Yangbi, "Yi"'])
        equal("area", root["area_name"].values.tolist()[:2], ["prefecture", "Dali"])
    with group("series") as s:
        equal("series", sorted(s.data_vars), sorted(DIMS))
        for name, dims in DIMS.items():
            equal(name, s[name].dims, dims)
            equal(name + " units", s[name].attrs["units"], UNITS[name])
        equal("beds", s["beds"].values[1, 2], [51, 52])
        equal("beds zh", s["beds"].attrs["long_name_zh"], "床位")
        equal("cost", s["cost"].attrs["cell_methods"], "time: sum")
        equal("served", s["served"].values[0, 1, 1, :, 0], [110, 10110, 20110])
        equal("hours", s["hours"].values[1, 0, 0], [250.0, 2750.0, 5250.0])
        equal("cell 4999", s["grid"].values[1, 2, 1, 4999], 4999 + 5000 * (5 + 2000))
    with group("indicators") as s:
        v = s["beds_per_1000_elders"]
        equal("indicator", v.dims, ("replicate", "time", "area"))
        equal("indicator units", v.attrs["units"], "1/1000")
        equal("scale", v.attrs["scale"], 1000.0)
        equal("numerator", v.attrs["numerator"], "beds")
        equal("no elders", np.isnan(v.values[0, 0]).tolist(), [False, False, True])
        equal("prefecture", v.values[0, 1, 0], 1000.0 * 81 / 2000)
    with group("targets") as t:
        equal("target", t["target"].values.tolist(), ["beds_40", "beds_41_each", "beds_never"])
        equal("due", dates(t["due"]), ["2021-01-31", "2021-01-31", "2021-02-28"])
        equal("first met", dates(t["first_met"][0]), ["2021-01-31"] * 2)
        equal("never met", dates(t["first_met"][2]), ["NaT"] * 2)
        equal("verdict", t["verdict"].values, [0, 2, 1])
        flags = t["verdict"].attrs
        equal("flags", flags["flag_values"], [0, 1, 2, 3])
        equal("meanings", flags["flag_meanings"],
              "met missed too_close_to_call undecided")
        equal("met", t["met"].values, [[1, 1], [0, 1], [0, 0]])
        equal("county", t["county_value"].dims, ("target", "county"))
    with group("provenance") as p:
        equal("files", p["file"].values.tolist(), ["plan.yaml"])
        equal("text", p["file_text"].values[0][:9], "title: 计划")
        equal("settings", p["setting"].values.tolist(), ["fake.rate", "fake.count"])
        equal("place", p["setting_place"].values.tolist(), ["plan.yaml:3", ""])
        equal("warning", p["warning"].values.tolist(), ["plan.yaml:2: odd, but true"])
    with group("diagnostics") as d:
        equal("event", d["event"].values.tolist(), ["fake.tick"])
        equal("events", d["events"].values, [42])
        equal("note", d["value"].values, [1.5])


def check_ncdump():
    try:
        run = subprocess.run(["ncdump", "-h", PATH], capture_output=True, text=True)
    except FileNotFoundError:
        print("readers.py: no ncdump")
        sys.exit(77)
    if run.returncode != 0:
        raise SystemExit("ncdump: " + run.stderr)
    for line in (
        "int64 people(replicate, time, county, sex, age_group) ;",
        "double beds_per_1000_elders(replicate, time, area) ;",
        'people:units = "person" ;',
        'time:units = "days since 2020-12-31" ;',
        "int64 served(replicate, time, county, service, sex) ;",
        "string service(service) ;",
        "string service_zh(service) ;",
        "string sex(sex) ;",
        "byte met(target, replicate) ;",
        "county = 2 ;",
    ):
        if line not in run.stdout:
            raise SystemExit(f"ncdump: no '{line}'\n{run.stdout}")


check_h5py()
check_xarray("netcdf4")
check_xarray("h5netcdf")
check_ncdump()
