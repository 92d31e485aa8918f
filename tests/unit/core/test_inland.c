/*
 * Deserts are inland, ports are not. The second half matters: an alert from near water must never look implausible. So
 * 290 ports, on every coast, great lake and great river, are held against the table, with the waters around them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "core/inland.h"

#define E7_PER_E2 100000
#define E7_PER_DEG 10000000

/* Hundredths of a degree, north and east. */
struct place {
	const char *name;
	int32_t lat_e2, lon_e2;
};

static const struct place ports[] = {
    {"Lampedusa", 3550, 1260},
    {"Rotterdam", 5190, 440},
    {"Duluth", 4678, -9210},
    {"Baku", 4037, 4987},
    {"Kampala", 30, 3260},
    {"Irkutsk", 5229, 10430},
    {"Manaus", -314, -6002},
    {"Iquitos", -375, -7325},
    {"Asuncion", -2528, -5763},
    {"Memphis", 3515, -9006},
    {"Wuhan", 3058, 11430},
    {"Kinshasa", -430, 1531},
    {"Aswan", 2409, 3290},
    {"Belgrade", 4482, 2045},
    {"Volgograd", 4870, 4452},
    {"Basel", 4757, 759},
    {"Hamburg", 5354, 998},
    {"Antwerp", 5123, 440},
    {"Bremen", 5309, 878},
    {"Le Havre", 4948, 11},
    {"Rouen", 4944, 108},
    {"Bordeaux", 4484, -57},
    {"Marseille", 4331, 536},
    {"Barcelona", 4135, 216},
    {"Valencia", 3945, -32},
    {"Algeciras", 3613, -544},
    {"Seville", 3737, -599},
    {"Lisbon", 3871, -913},
    {"Bilbao", 4334, -304},
    {"London", 5150, 5},
    {"Liverpool", 5342, -300},
    {"Glasgow", 5586, -428},
    {"Dublin", 5335, -622},
    {"Falmouth", 5015, -506},
    {"Lerwick", 6015, -114},
    {"Reykjavik", 6415, -2193},
    {"Bergen", 6039, 532},
    {"Oslo", 5990, 1073},
    {"Narvik", 6843, 1742},
    {"Tromso", 6965, 1896},
    {"Gothenburg", 5770, 1195},
    {"Stockholm", 5932, 1809},
    {"Lulea", 6558, 2216},
    {"Copenhagen", 5569, 1260},
    {"Gdansk", 5437, 1866},
    {"Szczecin", 5343, 1457},
    {"Riga", 5697, 2410},
    {"Tallinn", 5944, 2476},
    {"Helsinki", 6016, 2496},
    {"Oulu", 6501, 2542},
    {"St Petersburg", 5990, 3022},
    {"Petrozavodsk", 6179, 3438},
    {"Archangel", 6454, 4052},
    {"Murmansk", 6897, 3305},
    {"Dikson", 7351, 8053},
    {"Dudinka", 6941, 8619},
    {"Tiksi", 7164, 12887},
    {"Yakutsk", 6203, 12975},
    {"Pevek", 6970, 17028},
    {"Anadyr", 6473, 17752},
    {"Magadan", 5955, 15080},
    {"Petropavlovsk", 5302, 15865},
    {"Vladivostok", 4311, 13189},
    {"Khabarovsk", 4848, 13505},
    {"Astrakhan", 4634, 4803},
    {"Aktau", 4360, 5122},
    {"Turkmenbashi", 4000, 5300},
    {"Bandar Anzali", 3747, 4946},
    {"Rostov", 4721, 3971},
    {"Novorossiysk", 4473, 3779},
    {"Odessa", 4649, 3075},
    {"Constanta", 4417, 2866},
    {"Varna", 4319, 2792},
    {"Istanbul", 4102, 2897},
    {"Trabzon", 4100, 3974},
    {"Batumi", 4165, 4164},
    {"Izmir", 3844, 2714},
    {"Mersin", 3680, 3464},
    {"Piraeus", 3794, 2363},
    {"Thessaloniki", 4063, 2293},
    {"Durres", 4131, 1945},
    {"Rijeka", 4533, 1443},
    {"Trieste", 4565, 1376},
    {"Venice", 4543, 1233},
    {"Bari", 4113, 1687},
    {"Naples", 4084, 1426},
    {"Genoa", 4440, 892},
    {"Palermo", 3813, 1337},
    {"Valletta", 3590, 1451},
    {"Zarzis", 3350, 1112},
    {"Sfax", 3473, 1077},
    {"Tunis", 3680, 1025},
    {"Algiers", 3677, 307},
    {"Oran", 3571, -65},
    {"Tripoli", 3290, 1319},
    {"Misrata", 3237, 1522},
    {"Benghazi", 3211, 2005},
    {"Tobruk", 3207, 2397},
    {"Alexandria", 3119, 2987},
    {"Port Said", 3125, 3230},
    {"Suez", 2995, 3255},
    {"Port Sudan", 1962, 3722},
    {"Massawa", 1561, 3947},
    {"Djibouti", 1160, 4314},
    {"Berbera", 1044, 4501},
    {"Mogadishu", 203, 4534},
    {"Mombasa", -406, 3966},
    {"Dar es Salaam", -683, 3929},
    {"Zanzibar", -616, 3919},
    {"Beira", -1983, 3484},
    {"Maputo", -2597, 3257},
    {"Durban", -2987, 3103},
    {"Cape Town", -3391, 1843},
    {"Luderitz", -2664, 1515},
    {"Walvis Bay", -2295, 1450},
    {"Luanda", -879, 1323},
    {"Matadi", -582, 1345},
    {"Kisangani", 51, 2519},
    {"Bangui", 436, 1858},
    {"Pointe-Noire", -478, 1184},
    {"Libreville", 40, 944},
    {"Douala", 405, 969},
    {"Lagos", 643, 340},
    {"Onitsha", 615, 677},
    {"Tema", 563, 1},
    {"Abidjan", 530, -402},
    {"Freetown", 849, -1323},
    {"Dakar", 1468, -1742},
    {"Nouadhibou", 2090, -1705},
    {"Casablanca", 3361, -761},
    {"Dakhla", 2370, -1593},
    {"Las Palmas", 2814, -1542},
    {"Mwanza", -252, 3290},
    {"Kisumu", -10, 3475},
    {"Kigoma", -488, 2963},
    {"Bujumbura", -338, 2935},
    {"Nkhata Bay", -1161, 3430},
    {"Toamasina", -1815, 4942},
    {"Port Louis", -2015, 5750},
    {"Aden", 1279, 4499},
    {"Jeddah", 2148, 3917},
    {"Muscat", 2363, 5857},
    {"Dubai", 2527, 5528},
    {"Kuwait", 2937, 4793},
    {"Basra", 3052, 4783},
    {"Bandar Abbas", 2715, 5621},
    {"Karachi", 2484, 6698},
    {"Mumbai", 1894, 7285},
    {"Kochi", 997, 7626},
    {"Colombo", 695, 7985},
    {"Chennai", 1310, 8030},
    {"Kolkata", 2255, 8832},
    {"Patna", 2562, 8515},
    {"Chittagong", 2231, 9180},
    {"Guwahati", 2619, 9174},
    {"Yangon", 1677, 9616},
    {"Mandalay", 2198, 9607},
    {"Bangkok", 1370, 10057},
    {"Singapore", 127, 10384},
    {"Penang", 542, 10034},
    {"Phnom Penh", 1157, 10493},
    {"Vientiane", 1796, 10261},
    {"Ho Chi Minh City", 1077, 10672},
    {"Haiphong", 2087, 10668},
    {"Jakarta", -610, 10688},
    {"Surabaya", -720, 11273},
    {"Banjarmasin", -333, 11456},
    {"Makassar", -513, 11941},
    {"Manila", 1460, 12095},
    {"Hong Kong", 2230, 11417},
    {"Wuzhou", 2347, 11130},
    {"Shanghai", 3123, 12150},
    {"Nanjing", 3209, 11873},
    {"Chongqing", 2957, 10659},
    {"Tianjin", 3898, 11775},
    {"Dalian", 3893, 12165},
    {"Harbin", 4577, 12662},
    {"Busan", 3510, 12904},
    {"Incheon", 3746, 12662},
    {"Tokyo", 3562, 13979},
    {"Kobe", 3467, 13520},
    {"Nagasaki", 3274, 12986},
    {"Hakodate", 4178, 14072},
    {"Kaohsiung", 2261, 12028},
    {"Darwin", -1247, 13085},
    {"Broome", -1800, 12221},
    {"Fremantle", -3205, 11574},
    {"Port Augusta", -3249, 13777},
    {"Adelaide", -3480, 13850},
    {"Melbourne", -3783, 14492},
    {"Hobart", -4288, 14734},
    {"Sydney", -3386, 15120},
    {"Brisbane", -2738, 15317},
    {"Karumba", -1749, 14084},
    {"Cairns", -1693, 14578},
    {"Port Moresby", -948, 14715},
    {"Auckland", -3684, 17477},
    {"Bluff", -4660, 16834},
    {"Suva", -1813, 17842},
    {"Honolulu", 2131, -15787},
    {"Anchorage", 6124, -14989},
    {"Nome", 6450, -16543},
    {"Utqiagvik", 7129, -15679},
    {"Tuktoyaktuk", 6945, -13304},
    {"Hay River", 6085, -11573},
    {"Prince Rupert", 5431, -13033},
    {"Vancouver", 4929, -12311},
    {"Seattle", 4760, -12234},
    {"Portland", 4557, -12274},
    {"Lewiston", 4642, -11703},
    {"San Francisco", 3780, -12240},
    {"Stockton", 3795, -12133},
    {"Los Angeles", 3373, -11826},
    {"Guaymas", 2792, -11089},
    {"Manzanillo", 1906, -10430},
    {"Acapulco", 1685, -9990},
    {"Veracruz", 1921, -9613},
    {"Tampico", 2224, -9784},
    {"Houston", 2973, -9527},
    {"New Orleans", 2994, -9006},
    {"St Louis", 3863, -9018},
    {"St Paul", 4494, -9308},
    {"Tulsa", 3623, -9574},
    {"Pittsburgh", 4044, -8001},
    {"Chattanooga", 3506, -8531},
    {"Mobile", 3070, -8804},
    {"Tampa", 2793, -8244},
    {"Miami", 2577, -8017},
    {"Savannah", 3208, -8109},
    {"Norfolk", 3690, -7633},
    {"Baltimore", 3926, -7658},
    {"New York", 4068, -7403},
    {"Albany", 4264, -7375},
    {"Boston", 4235, -7103},
    {"Halifax", 4465, -6357},
    {"St John's", 4756, -5271},
    {"Quebec", 4682, -7120},
    {"Montreal", 4552, -7354},
    {"Toronto", 4364, -7938},
    {"Buffalo", 4287, -7888},
    {"Cleveland", 4151, -8170},
    {"Detroit", 4232, -8305},
    {"Chicago", 4188, -8760},
    {"Thunder Bay", 4841, -8922},
    {"Churchill", 5878, -9419},
    {"Iqaluit", 6375, -6852},
    {"Nuuk", 6417, -5173},
    {"Ilulissat", 6922, -5110},
    {"Tasiilaq", 6561, -3764},
    {"Longyearbyen", 7823, 1560},
    {"Havana", 2314, -8235},
    {"Kingston", 1797, -7679},
    {"Colon", 936, -7990},
    {"Managua", 1215, -8627},
    {"Puntarenas", 997, -8483},
    {"Cartagena", 1040, -7553},
    {"Barrancabermeja", 706, -7387},
    {"Maracaibo", 1064, -7160},
    {"Ciudad Bolivar", 814, -6355},
    {"Puerto Ayacucho", 566, -6763},
    {"Georgetown", 681, -5817},
    {"Paramaribo", 582, -5515},
    {"Belem", -145, -4850},
    {"Santarem", -242, -5472},
    {"Porto Velho", -875, -6391},
    {"Leticia", -422, -6994},
    {"Pucallpa", -838, -7453},
    {"Fortaleza", -371, -3848},
    {"Recife", -805, -3487},
    {"Salvador", -1296, -3852},
    {"Rio de Janeiro", -2289, -4319},
    {"Santos", -2396, -4631},
    {"Porto Alegre", -3002, -5123},
    {"Montevideo", -3490, -5621},
    {"Buenos Aires", -3459, -5837},
    {"Rosario", -3296, -6063},
    {"Corumba", -1900, -5765},
    {"Puerto Madryn", -4274, -6503},
    {"Ushuaia", -5481, -6830},
    {"Punta Arenas", -5316, -7090},
    {"Stanley", -5169, -5786},
    {"Puerto Montt", -4148, -7295},
    {"Valparaiso", -3303, -7162},
    {"Antofagasta", -2365, -7040},
    {"Callao", -1205, -7715},
    {"Puno", -1584, -7002},
    {"Guayaquil", -228, -7990},
    {"Buenaventura", 389, -7707},
    {"McMurdo", -7785, 16665},
    {"Grytviken", -5428, -3651},
};

static struct rcc_pos
pos_of(const struct place *place)
{
	return (struct rcc_pos){place->lat_e2 * E7_PER_E2, place->lon_e2 * E7_PER_E2};
}

static void
test_far_from_all_water(void **state)
{
	(void)state;
	static const struct place places[] = {
	    {"Tamanrasset", 2280, 550},       {"Ulaanbaatar", 4790, 10690},    {"Alice Springs", -2370, 13390},
	    {"Denver", 3970, -10500},         {"Brasilia", -1580, -4790},      {"central Greenland", 7250, -3800},
	    {"South Pole Station", -9000, 0}, {"Kufra", 2420, 2330},           {"Riyadh", 2470, 4670},
	    {"Changtang", 3300, 8800},        {"Kabul", 3450, 6920},           {"Delhi", 2860, 7720},
	    {"Kashgar", 3950, 7600},          {"Nairobi", -130, 3680},         {"Johannesburg", -2620, 2800},
	    {"Madrid", 4040, -370},           {"Vostok", -7850, 10680},        {"Astana", 5110, 7140},
	    {"Calgary", 5100, -11410},        {"Timbuktu desert", 2000, -300},
	};

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (!rcc_geo_is_inland(pos_of(&places[i])))
			fail_msg("%s is not inland", places[i].name);
	}
}

static void
test_no_port_is_inland(void **state)
{
	(void)state;
	assert_true(sizeof ports / sizeof ports[0] >= 200);
	for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++) {
		if (rcc_geo_is_inland(pos_of(&ports[i])))
			fail_msg("%s is inland", ports[i].name);
	}
}

/* 54 miles from a port, whichever way, is less than 60 from water. */
static void
test_nothing_around_a_port_is_inland(void **state)
{
	(void)state;
	static const int32_t way_e2[][2] = {{90, 0},  {-90, 0},  {0, 90},   {0, -90},
	                                    {60, 60}, {-60, 60}, {60, -60}, {-60, -60}};

	for (size_t i = 0; i < sizeof ports / sizeof ports[0]; i++) {
		for (size_t k = 0; k < sizeof way_e2 / sizeof way_e2[0]; k++) {
			struct place near = ports[i];
			near.lat_e2 += way_e2[k][0];
			near.lon_e2 += way_e2[k][1];
			if (rcc_geo_is_inland(pos_of(&near)))
				fail_msg("inland, 54 miles off %s", near.name);
		}
	}
}

static void
test_open_sea(void **state)
{
	(void)state;
	static const struct place places[] = {
	    {"Gulf of Guinea", 0, 0},        {"Strait of Sicily", 3600, 1200}, {"North Pole", 9000, 0},
	    {"mid Pacific", -3000, -13000},  {"Caspian", 4200, 5050},          {"Lake Superior", 4750, -8800},
	    {"Lake Victoria", -100, 3300},   {"Lake Baikal", 5350, 10800},     {"Black Sea", 4300, 3400},
	    {"Hudson Bay", 6000, -8600},     {"Persian Gulf", 2700, 5100},     {"Red Sea", 2000, 3850},
	    {"Lake Tanganyika", -600, 2950}, {"Lake Malawi", -1200, 3450},     {"Amazon at Obidos", -192, -5552},
	};

	for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
		if (rcc_geo_is_inland(pos_of(&places[i])))
			fail_msg("%s is inland", places[i].name);
	}
}

static void
test_unknown_is_not_inland(void **state)
{
	(void)state;
	assert_false(rcc_geo_is_inland(RCC_POS_NONE));
	/* An unknown latitude makes the place unknown, whatever the longitude says. */
	assert_false(rcc_geo_is_inland((struct rcc_pos){RCC_POS_UNKNOWN_E7, 55000000}));
	/* Numbers that are no position match no cell. */
	assert_false(rcc_geo_is_inland((struct rcc_pos){INT32_MIN, INT32_MIN}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){228000000, INT32_MAX}));
}

static void
test_borders_of_cells(void **state)
{
	(void)state;
	/* The Sahara, north-east of Greenwich: both ends of a run. */
	assert_true(rcc_geo_is_inland((struct rcc_pos){225000000, -140000000}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){225000000, -140000001}));
	assert_true(rcc_geo_is_inland((struct rcc_pos){225000000, 289999999}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){225000000, 290000000}));
	/* South and east. */
	assert_true(rcc_geo_is_inland((struct rcc_pos){-235000000, 1160000000}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){-235000000, 1159999999}));
	assert_true(rcc_geo_is_inland((struct rcc_pos){-235000000, 1479999999}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){-235000000, 1480000000}));
	/* North and west. */
	assert_true(rcc_geo_is_inland((struct rcc_pos){395000000, -1090000000}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){395000000, -1090000001}));
	assert_true(rcc_geo_is_inland((struct rcc_pos){395000000, -980000001}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){395000000, -980000000}));
	/* The northern border of a column of cells belongs to the cell above, the southern to the column. */
	assert_true(rcc_geo_is_inland((struct rcc_pos){799999999, -395000000}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){800000000, -395000000}));
	assert_true(rcc_geo_is_inland((struct rcc_pos){680000000, -395000000}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){679999999, -395000000}));
	/* Around zero the cells are as wide as elsewhere. */
	assert_true(rcc_geo_is_inland((struct rcc_pos){335000000, -1}));
	assert_true(rcc_geo_is_inland((struct rcc_pos){335000000, 0}));
}

static void
test_antimeridian_and_poles(void **state)
{
	(void)state;
	/* Both names of the antimeridian are one place: on the ice, and at sea. */
	assert_true(rcc_geo_is_inland((struct rcc_pos){-895000000, RCC_LON_E7_MAX}));
	assert_true(rcc_geo_is_inland((struct rcc_pos){-895000000, -RCC_LON_E7_MAX}));
	assert_true(rcc_geo_is_inland((struct rcc_pos){-895000000, RCC_LON_E7_MAX - 1}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){0, RCC_LON_E7_MAX}));
	assert_false(rcc_geo_is_inland((struct rcc_pos){0, -RCC_LON_E7_MAX}));
	/* A pole is one place at every longitude. */
	for (int32_t lon_deg = -180; lon_deg <= 180; lon_deg++) {
		assert_true(rcc_geo_is_inland((struct rcc_pos){-RCC_LAT_E7_MAX, lon_deg * E7_PER_DEG}));
		assert_false(rcc_geo_is_inland((struct rcc_pos){RCC_LAT_E7_MAX, lon_deg * E7_PER_DEG}));
	}
}

/* A slip in the table moves this number. */
static void
test_count_of_cells(void **state)
{
	(void)state;
	int cells = 0;

	for (int32_t lat_deg = -90; lat_deg < 90; lat_deg++) {
		for (int32_t lon_deg = -180; lon_deg < 180; lon_deg++) {
			struct rcc_pos middle = {lat_deg * E7_PER_DEG + 5000000, lon_deg * E7_PER_DEG + 5000000};
			cells += rcc_geo_is_inland(middle) ? 1 : 0;
		}
	}
	assert_int_equal(cells, 7988);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_far_from_all_water),
	    cmocka_unit_test(test_no_port_is_inland),
	    cmocka_unit_test(test_nothing_around_a_port_is_inland),
	    cmocka_unit_test(test_open_sea),
	    cmocka_unit_test(test_unknown_is_not_inland),
	    cmocka_unit_test(test_borders_of_cells),
	    cmocka_unit_test(test_antimeridian_and_poles),
	    cmocka_unit_test(test_count_of_cells),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
