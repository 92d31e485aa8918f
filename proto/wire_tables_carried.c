/* What goes with a case that is offered; each field of rcc.proto with its bounds, once. */
#include "proto/wire_rows.h"

static const struct rcc_map_row carried_persons_rows[] = {
    U32(CarriedPersons, carried_persons, where, RCC_WHERE_ABOARD, RCC_WHERE_LAST),
    MMSI(CarriedPersons, carried_persons, ship, ship, 0),
    SUB(CarriedPersons, carried_persons, count, Persons, count, rcc_map_persons),
    TIME(CarriedPersons, carried_persons, first_at_ms),
    BOOL(CarriedPersons, carried_persons, protection_stated),
    U32(CarriedPersons, carried_persons, safe_hours, 0, ANY),
    BOOL(CarriedPersons, carried_persons, languages),
    BOOL(CarriedPersons, carried_persons, is_disputed),
    SUB(CarriedPersons, carried_persons, reported, Persons, reported, rcc_map_persons),
    U32(CarriedPersons, carried_persons, dead, 0, RCC_PERSONS_MAX),
    TIME(CarriedPersons, carried_persons, said_at_ms),
    BOOL(CarriedPersons, carried_persons, is_counted),
};
static const struct rcc_map carried_persons_map = MAP(CarriedPersons, carried_persons, carried_persons_rows);

static const struct rcc_map_row carried_place_rows[] = {
    TEXT(CarriedPlace, carried_place, name, 1),      POS(CarriedPlace, carried_place, pos, 0),
    TEXT(CarriedPlace, carried_place, authority, 0), BOOL(CarriedPlace, carried_place, is_offered),
    BOOL(CarriedPlace, carried_place, is_refused),   BOOL(CarriedPlace, carried_place, is_unsafe),
    BOOL(CarriedPlace, carried_place, is_feared),    MMSI(CarriedPlace, carried_place, fear_ship, fear_ship, 0),
    TEXT(CarriedPlace, carried_place, text, 0),      U32(CarriedPlace, carried_place, checks, 0, RCC_CHECKS_ALL),
    BOOL(CarriedPlace, carried_place, is_reviewed),
};
static const struct rcc_map carried_place_map = MAP(CarriedPlace, carried_place, carried_place_rows);

static const struct rcc_map_row carried_need_rows[] = {
    U32(CarriedNeed, carried_need, kind, 1, RCC_NEED_LAST),
    MMSI(CarriedNeed, carried_need, ship, ship, 1),
    U32(CarriedNeed, carried_need, quantity, 0, ANY),
};
static const struct rcc_map carried_need_map = MAP(CarriedNeed, carried_need, carried_need_rows);

static const struct rcc_map_row carried_ship_rows[] = {
    MMSI(CarriedShip, carried_ship, ship, ship, 1),
    ENUM(CarriedShip, carried_ship, answer, 0, RCC_ANSWER_LAST),
    ENUM(CarriedShip, carried_ship, reason, 0, RCC_REASON_LAST),
    TIME(CarriedShip, carried_ship, said_at_ms),
    TIME(CarriedShip, carried_ship, eta_at_ms),
    U32(CarriedShip, carried_ship, orders, 0, RCC_CARRIED_ORDERS_ALL),
    U32(CarriedShip, carried_ship, unanswered, 0, RCC_CARRIED_ORDERS_ALL),
    U32(CarriedShip, carried_ship, contact_min, 0, RCC_CONTACT_MIN_MAX),
    U32(CarriedShip, carried_ship, place, 0, RCC_CARRIED_PLACES_MAX),
    TEXT(CarriedShip, carried_ship, text, 0),
};
static const struct rcc_map carried_ship_map = MAP(CarriedShip, carried_ship, carried_ship_rows);

static const struct rcc_map_row carried_objection_rows[] = {
    U32(CarriedObjection, carried_objection, place, 1, RCC_CARRIED_PLACES_MAX),
    MMSI(CarriedObjection, carried_objection, ship, ship, 1),
    TEXT(CarriedObjection, carried_objection, text, 0),
};
static const struct rcc_map carried_objection_map = MAP(CarriedObjection, carried_objection, carried_objection_rows);

static const struct rcc_map_row carried_rows[] = {
    BOOL(Carried, carried, is_cut),
    REPEATED(Carried, carried, persons, CarriedPersons, persons_count, 0, RCC_CARRIED_PERSONS_MAX, carried_persons_map),
    REPEATED(Carried, carried, place, CarriedPlace, place_count, 0, RCC_CARRIED_PLACES_MAX, carried_place_map),
    REPEATED(Carried, carried, need, CarriedNeed, need_count, 0, RCC_CARRIED_NEEDS_MAX, carried_need_map),
    REPEATED(Carried, carried, ship, CarriedShip, ship_count, 0, RCC_CARRIED_SHIPS_MAX, carried_ship_map),
    REPEATED(Carried, carried, objection, CarriedObjection, objection_count, 0, RCC_CARRIED_OBJECTIONS_MAX,
             carried_objection_map),
};
const struct rcc_map rcc_map_carried = MAP(Carried, carried, carried_rows);
